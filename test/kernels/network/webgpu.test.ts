// First, see there.
import '../engine/dawn';
import { after } from 'node:test';
import { networkSuite } from './suite';

networkSuite('webgpu');

// Dawn keeps Node alive.
after(() => setTimeout(() => process.exit(), 500).unref());
