export function chromiumArgs(): string[];
export function findChromium(): string | undefined;
export function findSwiftShader(): string | undefined;
export function missingBrowserParts(): string[];
export function ensureChromium(): Promise<void>;
