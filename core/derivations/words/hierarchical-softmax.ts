/** A softmax over a binary tree (Morin & Bengio 2005, Mikolov et al. 2013): its probabilities, its gradients, its cost. */
import { add, apply, derivative, div, dot, entropy, expectation, fn, gradient, letter, mul, neg, num, product, sub, sum, sym, total, type Expr, type Letter } from '../../formulas/expr';
import { MIKOLOV_2013 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { dyadicTree, treeWorld } from '../worlds/word-tree';

const [one, two] = [num(1), num(2)];
const [w, L, v, loss] = [sym('anyWord'), sym('pathLength'), sym('centreVector'), sym('labelLoss')];
const log = (of: Expr): Expr => fn('log', of);
const sigmoid = (of: Expr): Expr => fn('sigmoid', of);
const steps = sub(L, one);
const [n, a, d, y, b] = (['pathVector', 'pathScore', 'pathSign', 'pathLabel', 'branchProbability'] as const).map((id) => (of: Letter): Expr => sym(id, of));
const signed = (of: Letter): Expr => mul(d(of), dot(n(of), v));
const [model, share, depth] = [apply('treeModel', w), apply('wordShare', w), apply('wordDepth', w)];
const reach = sym('reachProbability', 'j');
const eq3 = product(1, steps, sigmoid(signed('j')), 'j');
const lossInVectors = neg(sum(1, steps, log(sigmoid(signed('l'))), 'l'));
const error = (of: Letter): Expr => sub(sigmoid(a(of)), y(of));

export const HIERARCHICAL_SOFTMAX: Derivation = {
  id: 'hierarchical-softmax',
  title: 'Hierarchical softmax over a binary tree',
  shows:
    'How a word\'s probability becomes a product of sigmoids along its path through a binary tree, and why these probabilities add up to one without a sum over the vocabulary. Then the gradients by the vectors of inner nodes and by the input vector, and how long paths are in a Huffman tree.',
  source: MIKOLOV_2013('eq. 3 and section 2.1; the idea: Morin & Bengio 2005'),
  prerequisites: [
    'The words are the leaves of a binary tree: every inner node has two children, and the root is an inner node. Every inner node has a vector n; words have no output vectors.',
    'One word w is fixed. Its path has L nodes: the root is the first, the word itself the last. The letters j and l count the inner nodes on the path.',
    'The sigmoid of s is 1 over 1 + exp(−s); one minus it is the sigmoid of −s. The logarithm of the sigmoid of s has the derivative sigmoid of −s.',
  ],
  after: ['skipgram-softmax-gradient'],
  given: ['centreVector', 'pathVector', 'pathSign', 'pathLength', 'anyWord', 'wordShare', 'wordDepth'],
  cases: inWorlds(treeWorld, { tight: dyadicTree }),
  steps: [
    {
      label: 'The score of an inner node',
      left: a('j'), relation: 'equal', right: dot(n('j'), v), kind: 'definition',
      why: 'The inner product of the node\'s vector and the vector of the word in the middle. It decides how likely a walk from the root turns to the first child.',
    },
    {
      label: 'Both branches together',
      left: add(sigmoid(a('j')), sigmoid(neg(a('j')))), relation: 'equal', right: one, kind: 'numeric',
      why: 'The walk turns to the first child with the sigmoid of the score, to the second with one minus it, which is the sigmoid of the negative score.',
    },
    {
      label: 'The branch that the path takes',
      left: b('j'), relation: 'equal', right: sigmoid(mul(d('j'), a('j'))), kind: 'definition',
      why: 'The sign d is 1 where the path goes to the first child and −1 where it goes to the second, so one formula says both. The paper writes it as a double bracket that is 1 or −1. Which child is the first is a convention: in word2vec.c it is the one with the code 0.',
    },
    {
      label: 'To reach an inner node',
      left: reach, relation: 'equal', right: product(1, sub(letter('j'), one), b('l'), 'l'), kind: 'definition',
      why: 'A walk that reaches the j-th inner node of the path has taken the branch of the path at all inner nodes before it. The root is reached with certainty: the product is empty there.',
    },
    {
      label: 'What arrives goes on',
      left: add(mul(reach, sigmoid(a('j'))), mul(reach, sigmoid(neg(a('j'))))), relation: 'equal', right: reach, kind: 'numeric',
      why: 'What reaches a node is split between its children, and nothing is lost. Every inner node is on the path of some word, so this holds at all of them.',
    },
    {
      label: 'The probability of a word',
      left: model, relation: 'equal', right: product(1, steps, b('j'), 'j'), kind: 'definition',
      why: 'A walk that ends at the word has taken the branch of the path at each of the L − 1 inner nodes of its path.',
    },
    {
      label: 'In vectors (eq. 3)',
      left: model, relation: 'equal', right: eq3, kind: 'numeric',
      why: 'Branches and scores were put in. Only the vectors on the path are touched: L − 1 of them, in place of one for every word.',
    },
    {
      label: 'All words add up to one',
      left: total('anyWord', eq3), relation: 'equal', right: one, kind: 'numeric',
      why: 'The sum runs over all words, each with its own path, signs and vectors. The whole probability starts at the root; at each inner node it is split without loss, so all of it arrives at the leaves. This holds for any vectors and needs no normaliser.',
    },
    {
      label: 'The loss',
      left: loss, relation: 'equal', right: neg(log(model)), kind: 'definition',
      why: 'The cross-entropy of the observed word, in nats.',
    },
    {
      label: 'A sum over the path',
      left: loss, relation: 'equal', right: lossInVectors, kind: 'numeric',
      why: 'The logarithm of a product is a sum. Each inner node on the path is one small classifier with two classes.',
    },
    {
      label: 'By one score',
      left: derivative(a('j'), neg(log(sigmoid(mul(d('j'), a('j')))))), relation: 'equal', right: neg(mul(d('j'), sigmoid(neg(mul(d('j'), a('j')))))), kind: 'numeric',
      why: 'The derivative of the log-sigmoid, and the sign d as the inner derivative.',
    },
    {
      label: 'A label in the place of the sign',
      left: y('j'), relation: 'equal', right: div(add(one, d('j')), two), kind: 'definition',
      why: 'The sign 1 becomes the label 1 and the sign −1 the label 0. In word2vec.c the label is one minus the code of the branch.',
    },
    {
      label: 'Predicted less observed',
      left: derivative(a('j'), neg(log(sigmoid(mul(d('j'), a('j')))))), relation: 'equal', right: error('j'), kind: 'numeric',
      why: 'For the label 1 it is minus the sigmoid of −a, which is the sigmoid of a less 1. For the label 0 it is the sigmoid of a. The same form as for the softmax: what was predicted less what was there.',
    },
    {
      label: 'By the vector of an inner node',
      left: derivative(n('j'), lossInVectors), relation: 'equal', right: mul(error('j'), v), kind: 'numeric',
      why: 'Of the sum only the term of this node contains its vector, and the gradient of the inner product by it is v. Nodes off the path get no gradient.',
    },
    {
      label: 'By the input vector',
      left: gradient('centreVector', lossInVectors), relation: 'equal', right: sum(1, steps, mul(error('l'), n('l')), 'l'), kind: 'numeric',
      why: 'The vector in the middle is part of every score on the path, so the gradients add up. For continuous bag of words the mean of the context stands in its place.',
    },
    {
      label: 'How long paths are on average',
      left: expectation('anyWord', share, depth), relation: 'at-least', right: div(entropy('anyWord', share), log(two)), kind: 'numeric',
      why: 'A path is a code word of zeros and ones, and none of them is the beginning of another. No such code is shorter on average than the entropy of the words in bits. Both sides are equal if every share is a power of one half and the tree is a Huffman tree. A Huffman tree is the best there is, and stays within one bit of this bound; in a balanced tree paths have a length of about the logarithm of V to the base 2.',
    },
  ],
};
