/** Style sheets are imported for their effect alone; the bundler writes them to main.css. */
declare module '*.css';
