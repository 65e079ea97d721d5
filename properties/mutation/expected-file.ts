/** Where a faultless build leaves what mutated ones are compared with. */
export const EXPECTED_FILE = 'properties/mutation/expected.json';
