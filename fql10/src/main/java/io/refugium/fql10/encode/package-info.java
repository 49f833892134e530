/** Results as JSON, written while the transaction reads what they need. */
package io.refugium.fql10.encode;
