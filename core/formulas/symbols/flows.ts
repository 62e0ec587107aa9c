/** Symbols of flows: changes of variables, coupling layers, continuous flows. */
import type { SymbolTable } from './table';

/** Code names: nflows, normflows, TensorFlow Probability, FrEIA. */
const VARIABLES = {
  scalarInput: {
    tex: 'x', spoken: 'x', colour: 0, codeNames: ['x', 'inputs', 'value'],
    meaning: 'An example that is one number.',
  },
  scalarOutput: {
    tex: 'z', spoken: 'z', colour: 7, codeNames: ['z', 'outputs', 'u'],
    meaning: 'The number to which a flow of one dimension takes an example.',
  },
  scalarFlow: {
    tex: 'f', spoken: 'f', colour: 1, codeNames: ['flow', 'forward', 'transform'],
    meaning: 'A flow of one dimension: a differentiable function that always rises or always falls.',
  },
  inverseFlow: {
    tex: 'g', spoken: 'g', colour: 4, codeNames: ['inverse', 'flow.inverse', 'decode'],
    meaning: 'The inverse of a flow of one dimension: it takes a number of the base distribution back to the example.',
  },
  inInterval: {
    tex: '\\mathbb{1}_A', spoken: 'the indicator of A', colour: 5, codeNames: ['mask', 'inside', 'where'],
    meaning: 'One where an example lies in the interval A, else zero.',
  },
  flowJacobian: {
    tex: '\\mathbf{J}', spoken: 'J', colour: 6, matrix: true, codeNames: ['jacobian', 'J', 'jac'],
    meaning: 'The Jacobian matrix of a flow: in row i the derivatives of its i-th component with respect to all inputs.',
  },
  axisVector: {
    tex: '\\mathbf{e}_i', spoken: 'e i', colour: 5, codeNames: ['eye', 'one_hot', 'basis'],
    meaning: 'The vector with a one at place i and zeros elsewhere: it picks the i-th component.',
  },
  volumeRatio: {
    tex: '\\rho', spoken: 'rho', colour: 6, codeNames: ['volume_ratio', 'stretch'],
    meaning: 'The volume of what a flow makes of a small cube, over the volume of the cube.',
  },
  firstLayer: {
    tex: '\\mathbf{f}_1', spoken: 'f one', colour: 3, codeNames: ['transforms[0]', 'layers[0]'],
    meaning: 'The first layer of a flow, the one that the example enters.',
  },
  secondLayer: {
    tex: '\\mathbf{f}_2', spoken: 'f two', colour: 5, codeNames: ['transforms[1]', 'layers[1]'],
    meaning: 'The second layer of a flow, which takes what the first puts out.',
  },
  firstJacobian: {
    tex: '\\mathbf{J}_1', spoken: 'J one', colour: 3, matrix: true, codeNames: ['jacobian', 'J1'],
    meaning: 'The Jacobian matrix of the first layer, at the example.',
  },
  secondJacobian: {
    tex: '\\mathbf{J}_2', spoken: 'J two', colour: 5, matrix: true, codeNames: ['jacobian', 'J2'],
    meaning: 'The Jacobian matrix of the second layer, at the point that the first layer puts out.',
  },
  mixingMatrix: {
    tex: '\\mathbf{A}', spoken: 'A', colour: 1, matrix: true, codeNames: ['A', 'weight', 'scale_tril', 'L'],
    meaning: 'An invertible matrix by which a point of the base distribution is multiplied.',
  },
  mixingShift: {
    tex: '\\mathbf{b}', spoken: 'b', colour: 4, codeNames: ['b', 'bias', 'loc'],
    meaning: 'A vector that is added after a point of the base distribution was multiplied by a matrix.',
  },
  mixingDeterminant: {
    tex: '\\det \\mathbf{A}', spoken: 'the determinant of A', colour: 6, codeNames: ['det', 'slogdet', 'logdet'],
    meaning: 'The determinant of the matrix by which a point of the base distribution is multiplied.',
  },
} satisfies SymbolTable;

/** Code names: nflows, FrEIA, and usual code of Real NVP. */
const COUPLINGS = {
  keptHalf: {
    tex: '\\mathbf{x}_a', spoken: 'x a', colour: 0, codeNames: ['x1', 'x_a', 'identity_split', 'x_id'],
    meaning: 'The half of an example that a coupling layer leaves as it is.',
  },
  changedHalf: {
    tex: '\\mathbf{x}_b', spoken: 'x b', colour: 3, codeNames: ['x2', 'x_b', 'transform_split', 'x_change'],
    meaning: 'The half of an example that a coupling layer changes, before the layer.',
  },
  keptOutput: {
    tex: '\\mathbf{z}_a', spoken: 'z a', colour: 7, codeNames: ['y1', 'z_a', 'z1'],
    meaning: 'The half that a coupling layer leaves as it is, after the layer.',
  },
  changedOutput: {
    tex: '\\mathbf{z}_b', spoken: 'z b', colour: 2, codeNames: ['y2', 'z_b', 'z2'],
    meaning: 'The half that a coupling layer changes, after the layer.',
  },
  scaleNetwork: {
    tex: '\\mathbf{s}', spoken: 's', colour: 4, codeNames: ['s', 'scale_net', 'net_s', 'transform_net'],
    meaning: 'The network that computes the logarithms of the scales from the half that stays.',
  },
  shiftNetwork: {
    tex: '\\mathbf{t}', spoken: 't', colour: 1, codeNames: ['t', 'shift_net', 'net_t', 'translation'],
    meaning: 'The network that computes the shifts from the half that stays.',
  },
  shearMatrix: {
    tex: '\\mathbf{L}', spoken: 'L', colour: 1, matrix: true, codeNames: ['L', 'lower'],
    meaning: 'A matrix with ones on the diagonal, zeros above it, and below it the derivatives of the changed half with respect to the half that stays.',
  },
  stretchMatrix: {
    tex: '\\mathbf{S}', spoken: 'S', colour: 3, matrix: true, codeNames: ['S', 'diag'],
    meaning: 'A diagonal matrix: ones for the half that stays, and the scales for the half that changes.',
  },
  additiveOutput: {
    tex: '\\mathbf{z}_b^{+}', spoken: 'z b plus', colour: 4, codeNames: ['y2', 'z_b'],
    meaning: 'The changed half after an additive coupling layer, which shifts and does not scale.',
  },
  additiveJacobian: {
    tex: '\\mathbf{J}^{+}', spoken: 'J plus', colour: 4, matrix: true, codeNames: ['jacobian'],
    meaning: 'The Jacobian matrix of an additive coupling layer.',
  },
  swappedScale: {
    tex: "\\mathbf{s}'", spoken: 's prime', colour: 6, codeNames: ['s', 'scale_net'],
    meaning: 'The network of scales of a second coupling layer, which looks at the half that the first one changed.',
  },
  swappedShift: {
    tex: "\\mathbf{t}'", spoken: 't prime', colour: 4, codeNames: ['t', 'shift_net'],
    meaning: 'The network of shifts of a second coupling layer, which looks at the half that the first one changed.',
  },
  swappedOutput: {
    tex: '\\mathbf{y}_a', spoken: 'y a', colour: 0, codeNames: ['y1', 'y_a'],
    meaning: 'The half that the first coupling layer left and the second one changed, after both.',
  },
  swappedKept: {
    tex: '\\mathbf{y}_b', spoken: 'y b', colour: 3, codeNames: ['y2', 'y_b'],
    meaning: 'The half that the first coupling layer changed and the second one left, after both.',
  },
  swappedLogScale: {
    tex: "s'_j", spoken: 's prime j', colour: 1, codeNames: ['s', 'log_s', 'log_scale'],
    meaning: 'The logarithm of the scale of component j in the second coupling layer.',
  },
  swappedJacobian: {
    tex: "\\mathbf{J}'", spoken: 'J prime', colour: 3, matrix: true, codeNames: ['jacobian'],
    meaning: 'The Jacobian matrix of the second coupling layer, at the point that the first one puts out.',
  },
} satisfies SymbolTable;

/** Code names: torchdiffeq and FFJORD. */
const CONTINUOUS = {
  flowTime: {
    tex: '\\tau', spoken: 'tau', colour: 4, codeNames: ['t', 'time', 'integration_times'],
    meaning: 'The time of a continuous flow, a number of zero or more.',
  },
  velocity: {
    tex: '\\mathbf{f}', spoken: 'f', colour: 1, codeNames: ['odefunc', 'diffeq', 'func', 'ODEFunc'],
    meaning: 'The network of a continuous flow: with what velocity a point moves, at its place and time.',
  },
  movingPoint: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 0, codeNames: ['z', 'y', 'state'],
    meaning: 'The point that a continuous flow moves, at one time.',
  },
  movingPath: {
    tex: '\\mathbf{z}', spoken: 'z', colour: 3, codeNames: ['z_t', 'odeint', 'trajectory'],
    meaning: 'The path of a point under a continuous flow: where it is at every time.',
  },
  startPoint: {
    tex: '\\mathbf{z}_0', spoken: 'z nought', colour: 5, codeNames: ['z0', 'y0'],
    meaning: 'The point from which a continuous flow starts, at time zero.',
  },
  smallStep: {
    tex: '\\delta', spoken: 'delta', colour: 5, codeNames: ['dt', 'step_size', 'h'],
    meaning: 'The length of one small step of time.',
  },
  steppedPoint: {
    tex: "\\mathbf{z}'", spoken: 'z prime', colour: 3, codeNames: ['z_next', 'y_next'],
    meaning: 'The point after one small step with the velocity that it had before.',
  },
  speedJacobian: {
    tex: '\\mathbf{J}_{\\mathbf{f}}', spoken: 'J f', colour: 6, matrix: true, codeNames: ['jac', 'df_dz', 'jacobian'],
    meaning: 'The derivatives of the velocity with respect to the point, at one place and time: in row i those of its i-th component.',
  },
  movingDensity: {
    tex: 'p', spoken: 'p', colour: 2, codeNames: ['logp', 'log_p', 'logp_z'],
    meaning: 'The density of a moving point, as a function of place and time.',
  },
  velocityDivergence: {
    tex: '\\nabla\\!\\cdot\\mathbf{f}', spoken: 'the divergence of f', colour: 6, codeNames: ['divergence', 'trace_df_dz', 'divergence_approx'],
    meaning: 'The divergence of the velocity: the trace of its Jacobian matrix, as a function of place and time.',
  },
  endTime: {
    tex: '\\tau_{\\mathrm{end}}', spoken: 'tau end', colour: 7, codeNames: ['T', 't1', 'end_time'],
    meaning: 'The time at which a continuous flow ends.',
  },
  velocityMatrix: {
    tex: '\\mathbf{A}', spoken: 'A', colour: 7, matrix: true, codeNames: ['A', 'weight'],
    meaning: 'The matrix of a linear velocity: the velocity is this matrix times the point.',
  },
  solutionMatrix: {
    tex: '\\mathbf{M}', spoken: 'M', colour: 2, matrix: true, codeNames: ['expm', 'linalg.matrix_exp'],
    meaning: 'The matrix that takes every point from time zero to the present time under a linear velocity.',
  },
  eulerSteps: {
    tex: 'N', spoken: 'capital N', colour: 6, codeNames: ['num_steps', 'n_steps', 'N'],
    meaning: 'Into how many small steps of the same length the time of a flow is cut.',
  },
  traceProbe: {
    tex: '\\boldsymbol{\\varepsilon}', spoken: 'epsilon', colour: 5, codeNames: ['e', 'eps', 'noise', 'v'],
    meaning: 'A random vector with which a trace is estimated.',
  },
  probeDistribution: {
    tex: 'p_{\\boldsymbol{\\varepsilon}}', spoken: 'p epsilon', colour: 4, codeNames: ['rademacher', 'sample_rademacher_like', 'sample_gaussian_like'],
    meaning: 'The distribution of the random vector of a trace estimate: here independent signs, each plus or minus one with equal chance.',
  },
} satisfies SymbolTable;

export const FLOW_SYMBOLS = { ...VARIABLES, ...COUPLINGS, ...CONTINUOUS };
