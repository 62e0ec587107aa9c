"""A convolutional variational autoencoder of Fashion-MNIST in Keras, with the weight of its divergence as beta."""
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

latent_dim = 8
beta = 2.0

images = keras.Input(shape=(28, 28, 1))
h = layers.Conv2D(32, 4, strides=2, padding='same', activation='relu')(images)
h = layers.Conv2D(64, 4, strides=2, padding='same', activation='relu')(h)
h = layers.Flatten()(h)
z_mean = layers.Dense(latent_dim)(h)
z_log_var = layers.Dense(latent_dim)(h)
encoder = keras.Model(images, [z_mean, z_log_var])

code = keras.Input(shape=(latent_dim,))
h = layers.Dense(7 * 7 * 64, activation='relu')(code)
h = layers.Reshape((7, 7, 64))(h)
h = layers.Conv2DTranspose(64, 4, strides=2, padding='same', activation='relu')(h)
h = layers.Conv2DTranspose(32, 4, strides=2, padding='same', activation='relu')(h)
decoder = keras.Model(code, layers.Conv2D(1, 3, padding='same', activation='sigmoid')(h))


class VAE(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def train_step(self, x):
        with tf.GradientTape() as tape:
            mean, log_var = self.encoder(x)
            z = mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))
            pixels = keras.losses.binary_crossentropy(x, self.decoder(z))
            reconstruction = tf.reduce_mean(tf.reduce_sum(pixels, axis=(1, 2)))
            kl = -0.5 * tf.reduce_sum(1 + log_var - tf.square(mean) - tf.exp(log_var), axis=1)
            loss = reconstruction + beta * tf.reduce_mean(kl)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {'loss': loss}


if __name__ == '__main__':
    (clothes, _), _ = keras.datasets.fashion_mnist.load_data()
    vae = VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001))
    vae.fit(clothes[..., None].astype('float32') / 255, epochs=10, batch_size=128)
