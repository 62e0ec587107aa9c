/** What a script reads and writes: safetensors without another package, IDX and NPY arrays. */
import type { VaeScript } from './vae';

export const SAFETENSORS = `
def load_safetensors(path):
    """name -> tensor. The format: eight bytes with the length of the header, the header in JSON, the numbers."""
    if safetensors:
        return safetensors.load_file(path)
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    numbers = {name: np.frombuffer(data[slice(*entry["data_offsets"])], {"F32": "<f4", "F16": "<f2"}[entry["dtype"]]) for name, entry in header.items()}
    return {name: torch.tensor(values.reshape(header[name]["shape"]).astype(np.float32)) for name, values in numbers.items()}


def save_safetensors(path, tensors, metadata):
    tensors = {name: tensor.detach().cpu().float().contiguous() for name, tensor in tensors.items()}
    if safetensors:
        return safetensors.save_file(tensors, path, metadata)
    header, end = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        start, end = end, end + 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.numpy().astype("<f4").tobytes())
`;

/** A Python tuple of the axes of an example, channels last; one channel has no axis. */
function axes({ data: { size, image } }: VaeScript): number[] {
  if (!image) return [size];
  return [image.height, image.width, ...(image.channels > 1 ? [image.channels] : [])];
}

export const shapeWords = (script: VaeScript): string => `[n, ${axes(script).join(', ')}]`;

export function arrays(script: VaeScript): string {
  const { image } = script.data;
  const shape = axes(script);
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const inside = !image ? 'torch.from_numpy(array)' : image.channels > 1 ? 'torch.from_numpy(array).permute(0, 3, 1, 2).contiguous()' : 'torch.from_numpy(array).unsqueeze(1)';
  const outside = !image ? 'rows' : image.channels > 1 ? `rows.view(-1, ${image.channels}, ${image.height}, ${image.width}).permute(0, 2, 3, 1)` : `rows.view(-1, ${image.height}, ${image.width})`;
  return `
def read_array(path):
    """An array of an .npy or IDX file, packed with gzip or not."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\\x1f\\x8b":
        data = gzip.decompress(data)
    if data[:6] == b"\\x93NUMPY":
        return np.load(io.BytesIO(data))
    if data[:3] != b"\\0\\0\\x08":
        sys.exit(f"{path}: neither an .npy file nor an IDX file of bytes.")
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(struct.unpack(f">{data[3]}I", data[4:4 + 4 * data[3]])).copy()


def read_examples(path):
    """${shapeWords(script)} of a file, ${image ? 'channels first as PyTorch has them; bytes stay bytes' : 'points'}."""
    array = read_array(path)
    if array.shape[1:] != ${tuple}:
        sys.exit(f"{path}: the array has the shape {array.shape}; this model needs ${shapeWords(script)}.")
    return ${inside}


def as_input(examples):
    """Bytes stand for 0 ... 1."""
    scale = 255 if examples.dtype == torch.uint8 else 1
    return examples.to(DEVICE, torch.get_default_dtype()) / scale


def write_rows(path, rows):
    np.save(path, ${outside}.float().cpu().numpy())
`;
}
