import { defineConfig } from 'vite';

export default defineConfig({
  preview: {
    headers: { 'x-served-by': 'preview' },
  },
});
