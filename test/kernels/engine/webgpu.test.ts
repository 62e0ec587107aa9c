// First, see there.
import './dawn';
import { after } from 'node:test';
import { engineSuite } from './suite';

engineSuite('webgpu');

// Dawn keeps Node alive.
after(() => setTimeout(() => process.exit(), 500).unref());
