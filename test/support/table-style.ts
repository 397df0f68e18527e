import type { TableStyle } from '../../src/reports/formats.ts';

/** A table without colour, wide enough that sentences stay on one line. */
export const plainStyle: TableStyle = {
  language: 'vi',
  show: 'inconclusive',
  colourLevel: 0,
  width: 400,
  troubles: [],
  coverageFloor: 0.8,
};
