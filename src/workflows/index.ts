export { enrollment } from './enrollment';
