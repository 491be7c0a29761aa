import { jest } from '@jest/globals';

// The SDK prints every token it turns away; the tests turn away many on purpose.
jest.spyOn(console, 'error').mockImplementation(() => {});
