import { networkSuite } from './suite';

networkSuite('cpu');
