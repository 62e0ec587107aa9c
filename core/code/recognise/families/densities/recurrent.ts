/** Layers and cells that keep a state from one step to the next, by their names in libraries. */
export const RECURRENT = /^(LSTM|GRU|RNN|SimpleRNN|LSTMCell|GRUCell|RNNCell|BasicLSTMCell|BasicRNNCell|LSTMBlockCell|MultiRNNCell|CuDNNLSTM|CuDNNGRU|SimpleRNNCell|OptimizedLSTMCell|lstm|gru|lstmCell|gruCell|simpleRNN|rnn_decoder|VanillaRNN|DeepRNN)$/;
