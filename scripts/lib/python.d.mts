export function torchPython(): string | null;
export function ensurePython(): Promise<void>;
