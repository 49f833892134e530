/** The command line: composes the parts and starts the server. */
package io.refugium.cli;
