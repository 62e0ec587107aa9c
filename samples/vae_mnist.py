"""A variational autoencoder of handwritten digits, with the network that examples of PyTorch have used since 2017: 784-400-20."""
import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import datasets, transforms


class VAE(nn.Module):
    """q(z|x) and p(x|z), each with one hidden layer."""

    def __init__(self, hidden=400, latent_dim=20):
        super().__init__()
        self.hidden = nn.Linear(784, hidden)
        self.mean = nn.Linear(hidden, latent_dim)
        self.log_variance = nn.Linear(hidden, latent_dim)
        self.decoder = nn.Sequential(nn.Linear(latent_dim, hidden), nn.ReLU(), nn.Linear(hidden, 784))

    def encode(self, x):
        h = F.relu(self.hidden(x))
        return self.mean(h), self.log_variance(h)

    def forward(self, x):
        mu, logvar = self.encode(x)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
        return self.decoder(z), mu, logvar


def negative_elbo(logits, x, mu, logvar):
    """-ELBO = E[-log p(x|z)] + KL(q(z|x) || p(z)), summed over the batch."""
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return reconstruction + kl


def train(epochs=10, batch_size=128):
    digits = datasets.MNIST('data', train=True, download=True, transform=transforms.ToTensor())
    loader = DataLoader(digits, batch_size=batch_size, shuffle=True)
    model = VAE()
    optimizer = optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(epochs):
        for images, _ in loader:
            x = images.view(-1, 784)
            logits, mu, logvar = model(x)
            loss = negative_elbo(logits, x, mu, logvar)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(f'epoch {epoch + 1}: {loss.item() / len(images):.1f} nats an image')
    return model


if __name__ == '__main__':
    train()
