import type { RendererOf } from '../../channels/templates/renderer';

const everyMs = 500;

/** Renderers whose work counts as progress of a call. They bound its time themselves. */
export function patient(rendererOf: RendererOf, progressed: () => void): RendererOf {
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    const timer = setInterval(progressed, everyMs);
    return work.finally(() => {
      clearInterval(timer);
    });
  };
  return (workspace) => {
    const { compileContent, render, preview } = rendererOf(workspace);
    return {
      compileContent: (given) => during(compileContent(given)),
      render: (...given) => during(render(...given)),
      preview: (...given) => during(preview(...given)),
    };
  };
}
