export { toGraphml } from './graphml';
export { toPng } from './png';
export { toSvg } from './svg';
