/**
 * The door to tfjs: what the project computes with comes through here, never straight from the packages.
 *
 * Importing tfjs-core alone gives no gradients; they register themselves by a module of their own, which a bundle
 * without this line drops in silence (`tf.grad` then throws only when it is called).
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';

export * from '@tensorflow/tfjs-core';
