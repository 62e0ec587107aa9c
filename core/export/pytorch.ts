/** A VAE as a PyTorch script of its own: the model with the names of our weights, reconstruction, encoding, sampling and training. */
import { arrays, SAFETENSORS, shapeWords } from './files';
import { constants, equation, imports, keeping, modelName, scriptNames, title } from './head';
import { densities, modelClass, noiseClass } from './model';
import { objective } from './objective';
import { paragraphs } from './python';
import { formOf, type VaeScript } from './vae';

export function pytorchScript(script: VaeScript): string {
  const name = scriptNames(script.weightsFile).pytorch;
  return paragraphs(
    `"""${title(script)}

${equation(script)}

    python3 ${name} --reconstruct images.npy out.npy   means of p(x|z) at the mean of q(z|x)
    python3 ${name} --encode images.npy out.npy        ${formOf(script).autoencoder ? 'codes' : 'means and log-variances of q(z|x), side by side'}
    python3 ${name} --sample 64 out.npy                decoded draws from the prior
    python3 ${name} --train images --test others       trains afresh and writes --out

Examples are .npy or IDX files (.gz too), ${shapeWords(script)}${script.data.image ? '; bytes stand for 0 ... 1' : ''}.
"""
${imports(script)}`,
    constants(script, 'torch.device("cuda" if torch.cuda.is_available() else "cpu")'),
    densities(script),
    noiseClass(script, false),
    modelClass(script),
    objective(script, false),
    training(script),
    SAFETENSORS,
    arrays(script),
    keeping(script),
    main(script),
  );
}

function training(script: VaeScript): string {
  const { drawn } = formOf(script);
  return `
def train(model, examples, epochs, steps):
    """Adam on batches of an order that is shuffled for each epoch. Returns the number of steps."""
    noise = ${drawn ? 'Noise(SEED)' : 'None'}
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    step = 0
    for epoch in range(epochs):
        order = torch.randperm(len(examples), generator=torch.Generator().manual_seed(SEED + epoch))
        for batch in order.split(BATCH):
            loss = objective(*model(as_input(examples[batch]), noise))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            if not torch.isfinite(loss):
                sys.exit(f"The loss is {loss.item()} at step {step}; try a lower learning rate.")
            if step == steps:
                return step
        print(f"epoch {epoch + 1}: loss {loss.item():.6g} of the last batch", flush=True)
    return step
`;
}

function main(script: VaeScript): string {
  const encoded = formOf(script).autoencoder ? 'model.encode(as_input(batch))[0]' : 'torch.cat(model.encode(as_input(batch)), 1)';
  const limit = script.settings.examples > 0 ? '[:EXAMPLES]' : '';
  return `
@torch.no_grad()
def in_batches(function, examples):
    return torch.cat([function(batch) for batch in examples.split(1000)])


def main():
    parser = argparse.ArgumentParser(description="${modelName(script)} in PyTorch")
    parser.add_argument("--weights", default=WEIGHTS)
    parser.add_argument("--reconstruct", nargs=2, metavar=("IN", "OUT"))
    parser.add_argument("--encode", nargs=2, metavar=("IN", "OUT"))
    parser.add_argument("--sample", nargs=2, metavar=("N", "OUT"))
    parser.add_argument("--train", metavar="FILE")
    parser.add_argument("--test", metavar="FILE", help="held-out examples, whose terms are printed in the end")
    parser.add_argument("--resume", action="store_true", help="train on from --weights")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--steps", type=int, help="stop after so many steps")
    parser.add_argument("--out", default="trained.safetensors")
    args = parser.parse_args()

    torch.manual_seed(SEED)
    model = ${modelName(script)}().to(DEVICE)
    if args.resume or not args.train:
        load(model, args.weights)
    if args.train:
        step = train(model, read_examples(args.train)${limit}, args.epochs, args.steps)
        save(model, args.out, step)
        print(f"{args.out}: {step} steps")
    if args.test:
        reconstruction, kl = terms(model, read_examples(args.test))
        print(f"test: reconstruction {reconstruction:.6g}, KL {kl:.6g}, together {reconstruction + kl:.6g} an example")
    if args.reconstruct:
        write_rows(args.reconstruct[1], in_batches(lambda batch: model.means(model.encode(as_input(batch))[0]), read_examples(args.reconstruct[0])))
    if args.encode:
        np.save(args.encode[1], in_batches(lambda batch: ${encoded}, read_examples(args.encode[0])).float().cpu().numpy())
    if args.sample:
        write_rows(args.sample[1], model.sample(int(args.sample[0])))


if __name__ == "__main__":
    main()
`;
}
