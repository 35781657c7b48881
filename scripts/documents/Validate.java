// Validates PDFs with veraPDF: java -cp ... Validate.java PROFILE FILE...
// Prints one line for each file and what failed; ends with 1 when a file does not comply.

import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
        boolean sound = true;
        for (int i = 1; i < args.length; i++) {
            try (FileInputStream in = new FileInputStream(args[i]);
                 PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                 PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                System.out.println((result.isCompliant() ? "ok    " : "FAILS ") + args[0] + " " + args[i]
                        + " (" + result.getTotalAssertions() + " checks)");
                sound &= result.isCompliant();
                TreeMap<String, Integer> failed = new TreeMap<>();
                for (TestAssertion one : result.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) {
                        failed.merge(one.getRuleId().getClause() + ": " + one.getMessage(), 1, Integer::sum);
                    }
                }
                failed.forEach((rule, times) -> System.out.println("      " + times + " x " + rule));
            }
        }
        System.exit(sound ? 0 : 1);
    }
}
