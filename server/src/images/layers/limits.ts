/** What an image may hold. Together they keep the memory under 200 MB, whatever is in an archive. */
export const MAX_FILES = 500_000;
/** Folders and files by their paths, those that only stand inside of longer paths too. */
export const MAX_PATHS = 750_000;
/** Of all names, each once for its folder. */
export const MAX_NAME_BYTES = 24 * 1024 * 1024;
/** PATH_MAX of Linux. */
export const MAX_PATH_BYTES = 4096;
export const MAX_LAYERS = 1000;
/** All the JSON of an archive: manifests, configurations. */
export const MAX_JSON_BYTES = 16 * 1024 * 1024;
/** What one tar file says of one entry beside its header: long names, extended attributes. */
export const MAX_EXTENSION_BYTES = 1024 * 1024;
