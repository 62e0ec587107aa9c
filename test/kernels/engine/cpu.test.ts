import { engineSuite } from './suite';

engineSuite('cpu');
