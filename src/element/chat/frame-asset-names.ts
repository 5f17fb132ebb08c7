/** Names of the frame's script and style sheet in their folder. The build puts names with hashes in their place. */
export const FRAME_SCRIPT = 'frame.js';
export const FRAME_STYLE = 'frame.css';
