import { stopTestServer } from './testServer';

export default stopTestServer;
