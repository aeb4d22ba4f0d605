package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final String ADA = "ada@example.org";
    private static final String BOB = "bob@example.org";

    private final Mailbox mailbox = Mailbox.open();

    @AfterEach
    void close() {
        mailbox.close();
    }

    /** Long lines are folded, and signs beyond ASCII encoded, on the wire. */
    @Test
    void readsTheTextAsItsWriterMeantIt() throws MessagingException {
        String link = "https://example.org/unlink/?key=" + "ä=x".repeat(40);
        send(ADA, "Grüße", "Click here:\n" + link + "\n");

        String mail = mailbox.next(ADA);

        assertThat(mail).startsWith("Grüße").contains("Click here:", "<a href=\"" + link + "\">");
        assertThat(Mailbox.link(mail)).isEqualTo(link);
    }

    @Test
    void passesOverMailToOthersAndKnowsWhoGotAny() throws MessagingException {
        send(BOB, "first", "of " + ADA);
        send(ADA, "second", "http://localhost/a");
        send(ADA, "third", "http://localhost/b");

        assertThat(mailbox.next(ADA)).startsWith("second");
        assertThat(mailbox.nextLink()).isEqualTo("http://localhost/b");
        assertThat(mailbox.recipients()).containsExactly(BOB, ADA, ADA);
    }

    @Test
    void mailWithoutALinkIsShown() {
        assertThatThrownBy(() -> Mailbox.link("nothing here"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing here");
    }

    /** As Keycloak does it: the text, and the same as HTML. */
    private void send(String to, String subject, String text) throws MessagingException {
        Properties settings = new Properties();
        mailbox.settings().forEach((name, value) -> settings.put("mail.smtp." + name, value));
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom(mailbox.settings().get("from"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setContent(
                "<a href=\"" + text.lines().reduce((one, other) -> other).get() + "\">", "text/html; charset=UTF-8");
        message.setContent(new MimeMultipart("alternative", plain, html));
        Transport.send(message);
    }
}
