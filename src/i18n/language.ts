import type { Catalogue, Language } from './catalogue.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

const catalogues: Record<Language, Catalogue> = { vi, en };

export function catalogueOf(language: Language): Catalogue {
  return catalogues[language];
}
