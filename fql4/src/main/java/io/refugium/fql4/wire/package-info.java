/** Values and errors of FQL v4 as JSON. */
package io.refugium.fql4.wire;
