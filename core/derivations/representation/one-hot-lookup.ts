/** Why an embedding layer is a linear layer on one-hot vectors, and why its gradient touches the rows of the words that occurred, and no others. */
import { apply, derivative, div, dot, frobeniusSq, gradient, kronecker, mul, normSq, num, sub, sum, sym, transpose, type Expr, type Letter } from '../../formulas/expr';
import { JURAFSKY } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { embeddingWorld } from '../worlds/embedding';

const [one, two] = [num(1), num(2)];
const [E, y, h, W, g, V, N, eta] = [sym('embeddingMatrix'), sym('wordIndicator'), sym('lookedUp'), sym('linearWeight'), sym('lookupGradient'), sym('vocabularySize'), sym('dataSize'), sym('learningRate')];
const [other, yi, hi, gi] = [sym('otherIndicator'), sym('batchIndicator', 'i'), sym('batchVector', 'i'), sym('batchGradient', 'i')];
const row = (letter: Letter): Expr => sym('embeddingRow', letter);
const Et = transpose(E);
const loss = (at: Expr): Expr => apply('laterLoss', at);
const overWords = (body: Expr, by: Letter = 'j'): Expr => sum(1, V, body, by);
const overText = (body: Expr): Expr => sum(1, N, body, 'i');
const outer = mul(y, transpose(g));

export const ONE_HOT_LOOKUP: Derivation = {
  id: 'one-hot-lookup',
  title: 'An embedding layer is a linear layer',
  shows:
    'A one-hot vector times a matrix is one row of it, so a table of vectors that is looked up by number is a linear layer without bias. Its gradient is zero in all rows but those of the words that occurred, which is why training can leave the others alone.',
  source: JURAFSKY('chapter on neural networks, the embedding layer of the neural language model'),
  prerequisites: [
    'The product of a matrix and a vector.',
    'Words are numbered from 1 to V; code counts from 0. The word that is spoken of has the number k.',
    'The gradient of a function of a vector, and the chain rule.',
  ],
  given: ['vocabularySize', 'embeddingMatrix', 'embeddingRow', 'laterLoss', 'wordIndicator', 'otherIndicator', 'batchIndicator', 'dataSize', 'learningRate'],
  cases: inWorlds(embeddingWorld),
  steps: [
    {
      label: 'A one-hot vector',
      left: sym('indicatorEntry', 'j'), relation: 'equal', right: kronecker('j', 'k'), kind: 'definition',
      why: 'The entry is 1 at the place k of the word and 0 at all other places. The vector has as many entries as there are words.',
    },
    {
      label: 'Any two words are equally far apart',
      left: normSq(sub(y, other)), relation: 'equal', right: two, kind: 'numeric',
      why: 'The difference of the one-hot vectors of two different words has one entry 1 and one entry −1. So one-hot vectors say that words differ, and nothing of which ones are alike.',
    },
    {
      label: 'Multiply by a matrix',
      left: h, relation: 'equal', right: mul(Et, y), kind: 'definition',
      why: 'Row j of E is the vector of word j. The transpose has these vectors as its columns. Written as a row, h is the one-hot row times E.',
    },
    {
      label: 'A weighted sum of all vectors',
      left: h, relation: 'equal', right: overWords(mul(sym('indicatorEntry', 'j'), row('j'))), kind: 'numeric',
      why: 'A matrix times a vector is the sum of its columns, each weighted by the entry of the vector.',
    },
    {
      label: 'All weights but one are zero',
      left: h, relation: 'equal', right: overWords(mul(kronecker('j', 'k'), row('j'))), kind: 'numeric',
      why: 'The entries of the one-hot vector were put in.',
    },
    {
      label: 'What is left is one row',
      left: h, relation: 'equal', right: row('k'), kind: 'numeric',
      why: 'Only the term of word k remains. Code reads this row from the table, with the same result and without the V times D multiplications.',
    },
    {
      label: 'The weights of a linear layer',
      left: W, relation: 'equal', right: Et, kind: 'definition',
      why: 'A linear layer from V numbers to D. PyTorch keeps the weights of nn.Linear as D rows, and those of nn.Embedding as V rows: one is the transpose of the other.',
    },
    {
      label: 'It does the same',
      left: mul(W, y), relation: 'equal', right: row('k'), kind: 'numeric',
      why: 'So an embedding layer is a linear layer without bias whose input is one-hot. Nothing is learnt in it that a linear layer could not learn.',
    },
    {
      label: 'After the layer words can be near or far',
      left: normSq(mul(W, sub(y, other))), relation: 'equal', right: normSq(sub(row('k'), row('l'))), kind: 'numeric',
      why: 'The layer is linear, so the difference of two one-hot vectors becomes the difference of two rows. How long it is, is learnt.',
    },
    {
      label: 'The gradient that arrives',
      left: g, relation: 'equal', right: gradient('lookedUp', loss(h)), kind: 'definition',
      why: 'All later layers and the loss are one function of h, of which only its gradient is needed here. Backpropagation brings it.',
    },
    {
      label: 'The gradient by any row',
      left: derivative(row('j'), loss(overWords(mul(kronecker('n', 'k'), row('n')), 'n'))), relation: 'equal', right: mul(kronecker('j', 'k'), g), kind: 'numeric',
      why: 'The chain rule: h depends on row j with the factor 1 if j is the word, and else not at all. So every row but one has the gradient zero.',
    },
    {
      label: 'The gradient by the whole matrix',
      left: gradient('embeddingMatrix', loss(mul(Et, y))), relation: 'equal', right: outer, kind: 'numeric',
      why: 'The rows of the line above under each other: a column times a row, with the gradient in row k and zeros in all other rows. It has as many entries as E itself, so code may keep the one row only; in PyTorch this is sparse=True.',
    },
    {
      label: 'Its size is that of one row',
      left: frobeniusSq(outer), relation: 'equal', right: normSq(g), kind: 'numeric',
      why: 'The sum of the squares of all entries. Zeros add nothing.',
    },
    {
      label: 'One step of gradient descent',
      left: sym('updatedRow', 'j'), relation: 'equal', right: sub(row('j'), mul(eta, kronecker('j', 'k'), g)), kind: 'definition',
      why: 'Only the vector of word k moves. With momentum, with Adam\'s running means or with weight decay the other rows move as well if the optimiser treats the gradient as a full matrix: these add something to a row even where its gradient is zero.',
    },
    {
      label: 'Several places of a text',
      left: hi, relation: 'equal', right: mul(Et, yi), kind: 'definition',
      why: 'At each of N places stands a word, and each is looked up in the same table.',
    },
    {
      label: 'The gradient at each place',
      left: gi, relation: 'equal', right: { kind: 'derivative', by: 'batchVector', index: 'i', nabla: true, body: loss(hi) }, kind: 'definition',
      why: 'The losses of the places are added up, so each place has a gradient of its own.',
    },
    {
      label: 'The gradient of all places',
      left: gradient('embeddingMatrix', overText(loss(mul(Et, yi)))), relation: 'equal', right: overText(mul(yi, transpose(gi))), kind: 'numeric',
      why: 'The gradient of a sum is the sum of the gradients. Each place adds its gradient to the row of its word.',
    },
    {
      label: 'What one word collects',
      left: mul(transpose(overText(mul(yi, transpose(gi)))), y), relation: 'equal', right: overText(mul(dot(yi, y), gi)), kind: 'numeric',
      why: 'Row k of this matrix, written as a column. The inner product of two one-hot vectors is 1 for the same word and else 0, so the gradients of all places with this word add up. A word that does not occur collects nothing.',
    },
    {
      label: 'Mean of words, mean of vectors',
      left: mul(Et, mul(div(one, N), overText(yi))), relation: 'equal', right: mul(div(one, N), overText(hi)), kind: 'numeric',
      why: 'The layer is linear, so the mean of one-hot vectors, which counts words, becomes the mean of the vectors. CBOW begins with this.',
    },
  ],
};
