/** FQL v4: JSON forms, compiler, runtime and function library. */
package io.refugium.fql4;
