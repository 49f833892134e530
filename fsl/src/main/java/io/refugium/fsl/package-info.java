/** The Fauna schema language: parse, print, diff and apply. */
package io.refugium.fsl;
