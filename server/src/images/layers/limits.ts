/** Limits for an image. Together they keep memory use under 200 MB for any archive. */
export const MAX_FILES = 500_000;
/** Paths of files and folders, including folders that occur only inside longer paths. */
export const MAX_PATHS = 750_000;
/** The bytes of all names, each counted once per folder. */
export const MAX_NAME_BYTES = 24 * 1024 * 1024;
/** PATH_MAX of Linux. */
export const MAX_PATH_BYTES = 4096;
export const MAX_LAYERS = 1000;
/** All JSON files of an archive: manifests, configurations. */
export const MAX_JSON_BYTES = 16 * 1024 * 1024;
/** The size of one entry's extra headers in a tar file: long names, extended attributes. */
export const MAX_EXTENSION_BYTES = 1024 * 1024;
