// The chart's settings of the web page.
import { RegistryUIOptions } from '../registry-ui';
import { networkFromValues, podOptions } from './chart-pods';
import { ChartPlace, image } from './chart-settings';

/** Each request below each limit and the default one, so that none changes another. */
const SAMPLES = {
  cpuRequests: ['29m', '37m'],
  cpuLimits: ['1549m', '1567m'],
  memoryRequests: ['47Mi', '53Mi'],
  memoryLimits: ['1571Mi', '1579Mi'],
};

/** The web page, if it is wanted. */
export function uiFromValues(place: ChartPlace): RegistryUIOptions | undefined {
  const { values } = place;
  if (!values.flag('ui.enabled', { description: 'Show a web page beside the registry? It needs one of the ways in.', default: false }))
    return undefined;
  return {
    image: image(place, 'ui.image', 'RegistryUIOptions.image', 'joxit/docker-registry-ui:2.6.0'),
    title: values.text('ui.title', { property: 'RegistryUIOptions.title', schema: { pattern: '^[^~&\\\\\\x00-\\x1f\\x7f]+$' } }),
    deleteImages: values.flag('ui.deleteImages', { property: 'RegistryUIOptions.deleteImages' }),
    networkPolicy: networkFromValues(place, 'ui.networkPolicy'),
    ...podOptions(place, { prefix: 'ui.', go: false, samples: SAMPLES }),
  };
}
