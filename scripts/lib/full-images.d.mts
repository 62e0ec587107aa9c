/** Paths of the four files of a set, by part ("train-images", "train-labels", "test-images", "test-labels"). */
export function fullImages(root: string, id: 'mnist' | 'fashion-mnist'): Promise<Record<'train-images' | 'train-labels' | 'test-images' | 'test-labels', string>>;
