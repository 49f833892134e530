/** What the database refuses and why, and the limits beyond which it does. */
package io.refugium.database.refusal;
