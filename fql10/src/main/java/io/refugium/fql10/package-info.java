/** FQL v10: lexer, parser, types, compiler, runtime and standard library. */
package io.refugium.fql10;
