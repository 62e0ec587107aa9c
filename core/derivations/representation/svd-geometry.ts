/** The singular value decomposition as geometry: what a matrix does to directions, lengths, areas and the unit ball. */
import { det, div, dot, frobeniusSq, inverse, mul, normSq, pow, product, sum, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { TREFETHEN_1997 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { singularTight, singularWorld } from '../worlds/singular';

const [A, U, V, S, I, D, x] = [sym('anyMatrix'), sym('leftVectors'), sym('rightVectors'), sym('singularMatrix'), sym('identityMatrix'), sym('dimensions'), sym('anyPoint')];
const [sigma, u, v] = [sym('singularValue', 'j'), sym('leftVector', 'j'), sym('rightVector', 'j')];
const [At, Ut, Vt] = [A, U, V].map(transpose);
const over = (body: Expr): Expr => sum(1, D, body, 'j');
const square = (of: Expr): Expr => pow(of, 2);

export const SVD_GEOMETRY: Derivation = {
  id: 'svd-geometry',
  title: 'The geometry of the singular value decomposition',
  shows:
    'Every matrix is a rotation, a stretching along axes and a rotation again, where a rotation may include a reflection. From this follow what it does to lengths and volumes, and why the unit ball becomes an ellipsoid.',
  source: TREFETHEN_1997('lectures 4 and 5'),
  prerequisites: [
    'Products, transposes, traces and determinants of matrices.',
    'That every matrix has such a decomposition is taken as known; code computes it with numpy.linalg.svd.',
    'A has D columns and at least D rows, and the short form is used: U has as many columns as A. For determinants and inverses A is square, and for inverses all singular values are above zero.',
  ],
  given: ['anyPoint', 'dimensions', 'leftVector', 'rightVector', 'singularValue'],
  cases: inWorlds(singularWorld, { tight: singularTight }),
  steps: [
    {
      label: 'The decomposition',
      left: A, relation: 'equal', right: mul(U, S, Vt), kind: 'definition',
      why: 'Read from right to left: Vᵀ turns the vector, Σ stretches it along the axes by the singular values, U turns the result to its place among the images.',
    },
    {
      label: 'The columns of U',
      left: mul(Ut, U), relation: 'equal', right: I, kind: 'definition',
      why: 'They have length 1 and stand at right angles to each other: the inner product of any two columns is 1 if they are the same and else 0.',
    },
    {
      label: 'The columns of V',
      left: mul(Vt, V), relation: 'equal', right: I, kind: 'definition',
      why: 'The same for V, which is square. So its transpose is its inverse.',
    },
    {
      label: 'A turn keeps lengths',
      left: normSq(mul(Vt, x)), relation: 'equal', right: normSq(x), kind: 'numeric',
      why: 'The squared length is xᵀ V Vᵀ x, and V Vᵀ is the identity, because V is square and its transpose is its inverse.',
    },
    {
      label: 'As a sum of simple matrices',
      left: A, relation: 'equal', right: over(mul(sigma, u, transpose(v))), kind: 'numeric',
      why: 'The product written out, column by column of U and of V. Each term has rank 1: it takes v_j to a multiple of u_j and everything at right angles to v_j to zero.',
    },
    {
      label: 'What a right singular vector becomes',
      left: mul(A, v), relation: 'equal', right: mul(sigma, u), kind: 'numeric',
      why: 'In the sum only the term of this j is left, since the other right vectors stand at right angles to it.',
    },
    {
      label: 'How much it is stretched',
      left: normSq(mul(A, v)), relation: 'equal', right: square(sigma), kind: 'numeric',
      why: 'u_j has the length 1. So the singular value is the factor by which the matrix stretches this direction.',
    },
    {
      label: 'And back by the transpose',
      left: mul(At, u), relation: 'equal', right: mul(sigma, v), kind: 'numeric',
      why: 'The transpose of the sum exchanges the roles of the two vectors. It is no inverse: it stretches by the same factor once more.',
    },
    {
      label: 'The length of any image',
      left: normSq(mul(A, x)), relation: 'equal', right: over(mul(square(sigma), square(dot(v, x)))), kind: 'numeric',
      why: 'The image is the sum of σ_j ⟨v_j, x⟩ u_j. The left vectors stand at right angles, so the squared lengths of the terms add up.',
    },
    {
      label: 'No vector is stretched by more than the first',
      left: normSq(mul(A, x)), relation: 'at-most', right: mul(square(sym('singularValue', '1')), normSq(x)), kind: 'numeric',
      why: 'Each squared singular value was replaced by the largest one. The squares of ⟨v_j, x⟩ add up to the squared length of x. Both sides are equal for multiples of v_1. So σ_1 is the operator norm of the matrix.',
    },
    {
      label: 'The unit ball becomes an ellipsoid',
      left: over(div(square(dot(u, mul(A, x))), square(sigma))), relation: 'equal', right: normSq(x), kind: 'numeric',
      why: 'The component of the image along u_j is σ_j times that of x along v_j. If x has the length 1, the right side is 1 and this is the equation of an ellipsoid in the space of the images, with its axes along the left vectors and half-lengths σ_j. All singular values have to be above zero, else it is flat.',
    },
    {
      label: 'The product with the transpose',
      left: mul(At, A), relation: 'equal', right: mul(V, transpose(S), Ut, U, S, Vt), kind: 'numeric',
      why: 'The transpose of a product is the product of the transposes in the opposite order.',
    },
    {
      label: 'Its eigenvalue decomposition',
      left: mul(At, A), relation: 'equal', right: mul(V, square(S), Vt), kind: 'numeric',
      why: 'Uᵀ U is the identity. Σ is diagonal, so it is its own transpose and its square has the squared singular values on its diagonal.',
    },
    {
      label: 'Right vectors are eigenvectors',
      left: mul(At, A, v), relation: 'equal', right: mul(square(sigma), v), kind: 'numeric',
      why: 'First A, then the transpose: v_j goes to σ_j u_j and back to σ_j² v_j. For centred data with one example in each row these are the principal directions.',
    },
    {
      label: 'The other product',
      left: mul(A, At), relation: 'equal', right: mul(U, square(S), Ut), kind: 'numeric',
      why: 'The same with V in the middle, where Vᵀ V is the identity. So the left vectors are eigenvectors of A Aᵀ.',
    },
    {
      label: 'The Frobenius norm',
      left: frobeniusSq(A), relation: 'equal', right: trace(mul(At, A)), kind: 'numeric',
      why: 'The sum of the squares of all entries. The diagonal of AᵀA has the squared lengths of the columns of A, and the trace adds them up.',
    },
    {
      label: 'The trace does not change',
      left: trace(mul(At, A)), relation: 'equal', right: trace(square(S)), kind: 'numeric',
      why: 'In the trace of V Σ² Vᵀ the first factor may be moved to the end, where it meets its transpose and gives the identity.',
    },
    {
      label: 'The Frobenius norm by singular values',
      left: frobeniusSq(A), relation: 'equal', right: over(square(sigma)), kind: 'numeric',
      why: 'The trace of the diagonal matrix is the sum of the squared singular values. So turning a matrix does not change this norm.',
    },
    {
      label: 'The determinant of the product',
      left: det(mul(At, A)), relation: 'equal', right: product(1, D, square(sigma), 'j'), kind: 'numeric',
      why: 'The determinant of a product is the product of the determinants. Those of V and Vᵀ multiply to 1, that of a diagonal matrix is the product of its entries. The bars mean determinants here.',
    },
    {
      label: 'The determinant of a square matrix',
      left: det(A), relation: 'equal', right: mul(det(U), det(V), product(1, D, sigma, 'j')), kind: 'numeric',
      why: 'The determinants of U and V are 1 or −1: a turn with or without a reflection. So the volume of the ball is multiplied by the product of the singular values, and the sign says whether it is reflected.',
    },
    {
      label: 'The inverse',
      left: inverse(A), relation: 'equal', right: mul(V, inverse(S), Ut), kind: 'numeric',
      why: 'Turn back, divide by the singular values, turn back. A small singular value becomes a large one: small errors along its left vector are made large.',
    },
  ],
};
