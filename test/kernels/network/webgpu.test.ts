// First, see there.
import '../engine/dawn';
import { networkSuite } from './suite';

networkSuite('webgpu');
