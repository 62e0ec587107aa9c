import { describe } from 'node:test';
import { cpuOps } from '../../../webview/kernels/nets';
import { trainingSuite } from '../../kernels/nets/training';

describe('training of a VAE on the reference', () => trainingSuite(() => cpuOps()));
