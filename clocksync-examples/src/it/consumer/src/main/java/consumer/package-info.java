/** A program of somebody else, which knows the installed artefacts and nothing of the house. */
package consumer;
