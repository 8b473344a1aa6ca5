/** For core's own tests: core knows no module, and what it does for modules is tried with the real ones. */
export { modules } from '../../src/modules';
