import { compileContent } from '../../src/channels/templates/compile-content';
import { preview } from '../../src/channels/templates/preview';
import { render } from '../../src/channels/templates/render';
import type { Renderer } from '../../src/channels/templates/renderer';

/** Renders in this process, where a test needs no limits. */
export const rendererHere: Renderer = {
  compileContent,
  render: async (template, facts, locale) => Promise.resolve(render(template, facts, locale)),
  preview: async (template, facts, locale) => Promise.resolve(preview(template, facts, locale)),
};
