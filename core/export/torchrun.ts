/** The same training for several processes or machines: DistributedDataParallel under torchrun. */
import { arrays, SAFETENSORS, shapeWords } from './files';
import { constants, equation, imports, keeping, modelName, scriptNames, title } from './head';
import { densities, modelClass, noiseClass } from './model';
import { objective } from './objective';
import { paragraphs } from './python';
import { formOf, type VaeScript } from './vae';

export function torchrunScript(script: VaeScript): string {
  const name = scriptNames(script.weightsFile).torchrun;
  return paragraphs(
    `"""${title(script)}

${equation(script)}

    torchrun --nproc_per_node 2 ${name} --train images --test others

Trains in as many processes as torchrun starts, on one machine or several: a GPU each (nccl) where every process has one, else processors (gloo). BATCH counts the examples of a step
over all processes, so that two of them take the steps that one would take. Process 0 writes --out, which Marginalia opens.
Examples are .npy or IDX files (.gz too), ${shapeWords(script)}${script.data.image ? '; bytes stand for 0 ... 1' : ''}.
"""
${imports(script, ['os'], ['import torch.distributed as dist', 'from torch.nn.parallel import DistributedDataParallel', 'from torch.utils.data import DistributedSampler'])}`,
    `LOCAL_RANK = int(os.environ.get("LOCAL_RANK", 0))
HAS_GPU = torch.cuda.device_count() >= int(os.environ.get("LOCAL_WORLD_SIZE", 1))
${constants(script, 'torch.device("cuda", LOCAL_RANK) if HAS_GPU else torch.device("cpu")')}`,
    densities(script),
    noiseClass(script, true),
    modelClass(script),
    objective(script, true),
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
    """Adam on batches of an order that is shuffled for each epoch, every process on its part of each. Returns the number of steps."""
    rank, world = dist.get_rank(), dist.get_world_size()
    if BATCH % world:
        sys.exit(f"A batch of {BATCH} examples cannot be shared evenly by {world} processes; choose a number of them that divides it.")
    # Process r takes every world-th example from r on; where the examples do not come out even, the first ones are taken twice.
    sampler = DistributedSampler(examples, world, rank, shuffle=True, seed=SEED)
    noise = ${drawn ? 'Noise(SEED, rank, world)' : 'None'}
    parallel = DistributedDataParallel(model)
    optimizer = torch.optim.Adam(parallel.parameters(), lr=RATE)
    step = 0
    for epoch in range(epochs):
        sampler.set_epoch(epoch)
        for batch in torch.tensor(list(sampler)).split(BATCH // world):
            loss = objective(*parallel(as_input(examples[batch]), noise), world)
            optimizer.zero_grad()
            loss.backward()  # averages the gradients over the processes
            optimizer.step()
            step += 1
            total = loss.detach().clone()
            dist.all_reduce(total)
            total /= world
            if not torch.isfinite(total):
                sys.exit(f"The loss is {total.item()} at step {step}; try a lower learning rate.")
            if step == steps:
                return step
        if rank == 0:
            print(f"epoch {epoch + 1}: loss {total.item():.6g} of the last batch", flush=True)
    return step
`;
}

function main(script: VaeScript): string {
  const limit = script.settings.examples > 0 ? '[:EXAMPLES]' : '';
  return `
def main():
    parser = argparse.ArgumentParser(description="${modelName(script)} under torchrun")
    parser.add_argument("--train", metavar="FILE", required=True)
    parser.add_argument("--test", metavar="FILE", help="held-out examples, whose terms are printed in the end")
    parser.add_argument("--weights", default=WEIGHTS)
    parser.add_argument("--resume", action="store_true", help="train on from --weights")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--steps", type=int, help="stop after so many steps")
    parser.add_argument("--out", default="trained.safetensors")
    args = parser.parse_args()

    if HAS_GPU:
        torch.cuda.set_device(DEVICE)
    dist.init_process_group("nccl" if HAS_GPU else "gloo")
    torch.manual_seed(SEED)  # the same parameters everywhere
    model = ${modelName(script)}().to(DEVICE)
    if args.resume:
        load(model, args.weights)
    step = train(model, read_examples(args.train)${limit}, args.epochs, args.steps)
    if dist.get_rank() == 0:
        save(model, args.out, step)
        print(f"{args.out}: {step} steps of {dist.get_world_size()} processes")
        if args.test:
            reconstruction, kl = terms(model, read_examples(args.test))
            print(f"test: reconstruction {reconstruction:.6g}, KL {kl:.6g}, together {reconstruction + kl:.6g} an example")
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
`;
}
