// First, see there.
import './dawn';
import { engineSuite } from './suite';

engineSuite('webgpu');
