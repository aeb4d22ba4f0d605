package dev.socialexchange.keycloak.it.support;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that takes everything, and keeps it with who it was for. */
public final class Mailbox implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+");

    private final GreenMail server = new GreenMail(setup());
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();

    /** @param recipient of the envelope */
    private record Mail(String recipient, String text) {}

    private Mailbox() {}

    public static Mailbox open() {
        Mailbox mailbox = new Mailbox();
        mailbox.server.start();
        mailbox.server.getUserManager().setMessageDeliveryHandler(mailbox::take);
        return mailbox;
    }

    private static ServerSetup setup() {
        ServerSetup setup = ServerSetup.SMTP.dynamicPort();
        setup.setServerStartupTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return setup;
    }

    /** The realm's {@code smtpServer}. */
    public Map<String, String> settings() {
        return Map.of(
                "host", "127.0.0.1", "port", String.valueOf(server.getSmtp().getPort()), "from", "realm@example.org");
    }

    public List<String> recipients() {
        return List.copyOf(recipients);
    }

    /** The next unread message to somebody, its subject and its texts; waits for it, and passes over those to others. */
    public String next(String recipient) {
        return next(mail -> mail.recipient.equals(recipient), recipient);
    }

    /** The first link of the next message, which is waited for. */
    public String nextLink() {
        return link(next(mail -> true, "anybody"));
    }

    private String next(Predicate<Mail> wanted, String recipient) {
        try {
            Mail mail = mails.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (mail != null && !wanted.test(mail)) {
                mail = mails.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            if (mail == null) {
                throw new AssertionError("no mail has come for " + recipient);
            }
            return mail.text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first link of a message. */
    public static String link(String message) {
        Matcher link = LINK.matcher(message);
        if (!link.find()) {
            throw new AssertionError("no mail with a link, but: " + message);
        }
        return link.group();
    }

    private GreenMailUser take(MovingMessage message, MailAddress address) throws MessagingException, UserException {
        recipients.add(address.getEmail());
        mails.add(new Mail(address.getEmail(), message.getMessage().getSubject() + "\n" + text(message.getMessage())));
        UserManager users = server.getUserManager();
        GreenMailUser known = users.getUserByEmail(address.getEmail());
        return known != null ? known : users.createUser(address.getEmail(), address.getEmail(), "unread");
    }

    private static String text(Part part) throws MessagingException {
        try {
            if (!(part.getContent() instanceof Multipart parts)) {
                return part.getContent() + "\n";
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.getCount(); i++) {
                text.append(text(parts.getBodyPart(i)));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
