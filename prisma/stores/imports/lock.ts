/** Whoever applies an import holds this alone; whoever names customers one by one shares it meanwhile. */
export const IMPORT_LOCK = 5_731_004;
