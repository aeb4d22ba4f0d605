package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is kept out there is brought disabled, however their source and its database spell it; what nobody understands enables nobody, and is told. */
class ExclusionTest {
    private static final String UNREAD = "disabled, since what is said of it cannot be read: 1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aspnet|'Id':'1','LockoutEnd':'9999-12-31 23:59:59.9999999 +00:00'", // SQL Server
                "aspnet|'Id':'1','LockoutEnd':'infinity'", // Npgsql's DateTimeOffset.MaxValue
                "aspnet|'Id':'1','LockoutEnd':'9999-12-31T23:59:59.9999999+00:00'",
                "aspnet|'Id':'1','LockoutEnd':253402300799", // the same in seconds
                "aspnet|'Id':'1','LockoutEnd':253402300799999",
                "aspnet|'Id':'1','LockoutEndDateUtc':'9999-12-31T23:59:59.9999999'",
                "supabase|'id':'1','banned_until':'infinity'",
                "supabase|'id':'1','banned_until':'Infinity'",
                "supabase|'id':'1','banned_until':1e999",
                "supabase|'id':'1','banned_until':'12026-01-01 00:00:00+00'",
                "supabase|'id':'1','banned_until':'12026-01-01T00:00:00.5+00:00'",
                "supabase|'id':'1','banned_until':'2999-01-01 00:00:00 UTC'",
                "authjs|'id':'1','banned':true,'banExpires':'infinity'",
                "authjs|'id':'1','banned':1,'banExpires':32503680000", // in seconds
                "authjs|'id':'1','banned':'1','banExpires':null",
                "authjs|'id':'1','banned':'t'",
                "auth0|'user_id':'1','blocked':'1'",
                "firebase|'localId':'1','disabled':'t'",
                "firebase|'localId':'1','disabled':1.0",
                "clerk|'id':'1','banned':'Yes'",
                "logto|'id':'1','is_suspended':'t'",
                "python-social-auth|'sourceId':1,'disabled':'t'",
                "python-social-auth|'sourceId':1,'disabled':1",
                "allauth|'model':'auth.user','pk':1,'fields':{'is_active':0}",
                "allauth|'model':'auth.user','pk':1,'fields':{'is_active':'f'}",
                "cognito|'Username':'1','Enabled':'False'",
                "cognito|'Username':'1','Enabled':0",
                "cognito|'Username':'1','Enabled':true,'UserStatus':'COMPROMISED'",
                "cognito|'Username':'1','Enabled':true,'UserStatus':'ARCHIVED'",
                "fusionauth|'id':'1','active':'f'",
                "fusionauth|'id':'1','active':true,'expiry':1688000000000",
                "kratos|'id':'1','state':'inactive'",
                "wordpress|'ID':1,'spam':'1'",
                "wordpress|'ID':1,'deleted':1",
                "wordpress|'ID':1,'user_status':'1'"
            })
    void whoIsKeptOutThereIsDisabledHereAsDatabasesSpellIt(String source, String user) throws IOException {
        assertThat(read(source, user)).isEqualTo("disabled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aspnet|'Id':'1','LockoutEnd':'next century'",
                "aspnet|'Id':'1','LockoutEnd':'/Date(253402300799999)/'",
                "aspnet|'Id':'1','LockoutEnd':true",
                "supabase|'id':'1','banned_until':'for ever'",
                "supabase|'id':'1','banned_until':'2024-13-01T00:00:00Z'",
                "supabase|'id':'1','banned_until':-1",
                "supabase|'id':'1','banned_until':{'at':'2024-01-01T00:00:00Z'}",
                "authjs|'id':'1','banned':true,'banExpires':'never'",
                "authjs|'id':'1','banned':'perhaps','banExpires':'2024-01-01T00:00:00Z'",
                "auth0|'user_id':'1','blocked':'blocked'",
                "auth0|'user_id':'1','blocked':['mobile']",
                "firebase|'localId':'1','disabled':'wahr'",
                "clerk|'id':'1','banned':{'since':1}",
                "logto|'id':'1','is_suspended':2",
                "python-social-auth|'sourceId':1,'disabled':'base64:type16:AQ=='", // MySQL's BIT
                "allauth|'model':'auth.user','pk':1,'fields':{'is_active':'nein'}",
                "allauth|'model':'auth.user','pk':1,'fields':{'is_active':null}",
                "cognito|'Username':'1','Enabled':null",
                "cognito|'Username':'1','Enabled':'DISABLED'",
                "cognito|'Username':'1','Enabled':true,'UserStatus':'UNKNOWN'",
                "fusionauth|'id':'1','active':''",
                "fusionauth|'id':'1','active':true,'expiry':'soon'",
                "kratos|'id':'1','state':'blocked'",
                "kratos|'id':'1','state':'Inactive'",
                "kratos|'id':'1','state':null",
                "wordpress|'ID':1,'spam':'?'"
            })
    void whatNobodyUnderstandsEnablesNobodyAndIsTold(String source, String user) throws IOException {
        assertThat(read(source, user)).isEqualTo("disabled, unread");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aspnet|'Id':'1','LockoutEnd':null",
                "aspnet|'Id':'1','LockoutEnd':''",
                "aspnet|'Id':'1','LockoutEnd':'NULL'",
                "aspnet|'Id':'1','LockoutEnd':'-infinity'",
                "aspnet|'Id':'1','LockoutEnd':'0001-01-01 00:00:00.0000000 +00:00'",
                "aspnet|'Id':'1','LockoutEnd':'2024-01-01 00:00:00.0000000 +00:00'",
                "supabase|'id':'1','banned_until':null",
                "supabase|'id':'1','banned_until':'2024-01-01 00:00:00.123456+00'",
                "authjs|'id':'1','banned':false,'banExpires':'infinity'",
                "authjs|'id':'1','banned':null",
                "authjs|'id':'1','banned':1,'banExpires':1704067200", // in seconds
                "auth0|'user_id':'1','blocked':'false'",
                "firebase|'localId':'1','disabled':'0'",
                "clerk|'id':'1','banned':null",
                "logto|'id':'1','is_suspended':'f'",
                "python-social-auth|'sourceId':1,'disabled':0",
                "allauth|'model':'auth.user','pk':1,'fields':{'is_active':'t'}",
                "allauth|'model':'auth.user','pk':1,'fields':{'username':'a'}",
                "cognito|'Username':'1','Enabled':'True','UserStatus':'EXTERNAL_PROVIDER'",
                "cognito|'Username':'1'",
                "fusionauth|'id':'1','active':1,'expiry':null",
                "fusionauth|'id':'1','expiry':32503680000000",
                "kratos|'id':'1','state':'active'",
                "kratos|'id':'1'",
                "wordpress|'ID':1,'spam':'0','deleted':'0','user_status':'0'"
            })
    void whoIsLetInThereIsNotDisabledHere(String source, String user) throws IOException {
        assertThat(read(source, user)).isEqualTo("let in");
    }

    /** Many databases have a flag as a number: zero is no moment of a verification. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "'0'", "'f'", "false", "null", "''", "'t'", "'true'"})
    void neitherAZeroNorAWordVerifiesAnAddress(String flag) throws IOException {
        PersonLine line = line("authjs", "'id':'1','email':'ana@example.org','emailVerified':" + flag);

        assertThat(line.json().path("emailVerified").isBoolean()).isTrue();
        assertThat(line.json().path("emailVerified").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "1688000000000", "'2024-01-01T00:00:00Z'"})
    void anAddressIsVerifiedByAFlagOrByAMoment(String verified) throws IOException {
        PersonLine line = line("authjs", "'id':'1','email':'ana@example.org','emailVerified':" + verified);

        assertThat(line.json().path("emailVerified").asBoolean()).isTrue();
    }

    private static String read(String source, String user) throws IOException {
        PersonLine line = line(source, user);
        Losses losses = new Losses();
        losses.see(line);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        losses.print(new PrintStream(told, true, StandardCharsets.UTF_8));
        JsonNode disabled = line.json().path("disabled");
        boolean unread = told.toString(StandardCharsets.UTF_8).contains(UNREAD);
        return (disabled.isMissingNode() ? "let in" : disabled.booleanValue() ? "disabled" : "odd")
                + (unread ? ", unread" : "");
    }

    private static PersonLine line(String source, String user) throws IOException {
        List<PersonLine> lines = new ArrayList<>();
        String object = '{' + user.replace('\'', '"') + '}';
        Source.all().stream()
                .filter(one -> one.name().equals(source))
                .findFirst()
                .orElseThrow()
                .read(
                        new ByteArrayInputStream((source.equals("allauth") ? object : '[' + object + ']')
                                .getBytes(StandardCharsets.UTF_8)),
                        Map.of(),
                        (read, person) -> lines.add(person));
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
