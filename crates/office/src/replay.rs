//! Carrying acts of one installation out in another: which kinds there are.

use crate::accounts::{
    RecordConsent, ReplaceContact, RequestCode, ResumeCase, SignInByCode, SignInByWallet, VerifyApplicant,
};
use crate::administration::{
    AddArea, AddCounter, AddHoliday, AddOffice, AppointProgram, EndArea, EndService, GiveBackCases,
    InviteOfficer, MoveOfficer, SetCentre, SetLeave, SetRoles, WithdrawHoliday,
};
use crate::bulk::{BeginBulk, IssueListed, IssueOneInBulk, MoveBulk, PrintBulk};
use crate::cases::lookups::RecordLookup;
use crate::cases::{
    AddUpload, AnswerReferral, AnswerRequest, Appeal, AskElsewhere, BeginCase, BeginCertificate,
    CorrectApplicant, Decide, LinkEntry, OpenAtCounter, OpenCase, OpenReferral, PrintDocument, Reassign,
    RemoveUpload, SaveAnswer, SaveAnswers, SeeChoices, SendCase, SetLanguage, ShowReligion, TakeNext,
    TendCase, Withdraw, WriteToApplicant,
};
use crate::cash::{CloseShift, GiveBack, OpenShift, ReprintReceipt, TakeFee, VoidReceipt};
use crate::catalogue::PublishService;
use crate::civil::addresses::NoteAddresses;
use crate::civil::books::ledgers::{
    AddLedgerPage, BringInPage, DecideDifferences, GiveBackPage, KeyRows, OpenDifferences, OpenLedger,
    OpenLedgerBySender, OpenLedgerChecks, SendLedgerPage, SetLedger, SettleLedgerCheck, TakePage,
};
use crate::civil::books::{BeginImport, ImportPart, MoveImport};
use crate::civil::sweeping::{CountPeople, NoteAlike};
use crate::civil::{
    AmendDeclaration, ChangeRules, CheckDeclaration, CountBearers, DecideCorrection, DecideMerge, Declare,
    EndGrant, EndNumber, FindPeople, GrantAccess, ImportRegister, KeepApart, KeepPeopleApart, ListProtected,
    MoveDeclaration, OpenComparison, OpenCorrection, OpenDeclaration, PrepareCorrection, ProposeMerge,
    ProposeParting, ProtectPerson, PublishRules, RebuildNames, RegisterEvent, RestoreNumber, SeeEntry,
    SeePerson, SetStatus, TakeNotice,
};
use crate::clients::{ClientSignsIn, EndClient, RegisterClient};
use crate::dci::{SearchByDci, SetPartner, TakeDciMessage, TellOfEvent};
use crate::devices::{
    AddDevice, AnswerComplaint, AskToPrint, BeginOwnPaper, CallHelper, EnrolDevice, LeaveComplaint,
    MoveDevice, MovePrint, NoteHealth, RequestKioskCode, SignInAtKiosk,
};
use crate::documents::{EndDocument, NoteUnmade, ReleaseDocument, SealDocument};
use crate::figures::{KeepRating, RateCase, SetServiceCost};
use crate::going_back::LeaveNumbersOut;
use crate::inspection::SearchJournal;
use crate::officers::{AcceptInvitation, ChangePassword, ConfirmFactor, OfficerSignsIn};
use crate::queue::{
    AdmitCompanion, AnswerHelp, AnswerOffer, AskToLetIn, AssignCounter, BookAppointment, CallForHelp,
    CallNext, CallOffAppointment, CancelAppointment, CloseDay, CloseRelease, DrawCallBacks, DrawRelease,
    EndCompanion, EndDuty, EndWaiting, EnterRelease, FinishPerson, ForgetTelephones, JoinWaiting,
    KeepAnswers, LeaveTicket, LetIn, MoveTicket, NotePerson, OfferPlace, OpenCallBack, OpenDay, OpenRelease,
    PlaceDrawn, PlanDuty, PublishSetup, RateVisit, SettleCallBack, SitDown, StandUp, TakeTicket, TellWaiting,
    TendAppointment, TransferTicket, UntellWaiting,
};
use crate::statistics::{NoteStatistics, SetExpected};
use crate::subscriptions::{
    ChangeSubscription, EndSubscription, PauseSubscription, RenewSecret, ResumeSubscription, SendAgain,
    Subscribe, TrySubscription,
};
use crate::telephone::{
    AppointProxy, AskRating, EndCall, EndProxy, ForgetWishes, SendCallerCode, SettleWish, TakeText, TakeWish,
    VerifyCaller, WishCall,
};
use crate::tokens::{EndToken, IssueOwnToken, IssueToken};
use crate::units::{MergeUnit, PrepareUnit, RevokeUnit, SettleConflict};
pub use diwan_store::replay::{Kinds, Report, replay};

/// Every kind of act that the office knows.
#[must_use]
pub fn kinds() -> Kinds {
    Kinds::default()
        .with::<LeaveNumbersOut>()
        .with::<AddDevice>()
        .with::<AnswerComplaint>()
        .with::<AskToPrint>()
        .with::<BeginOwnPaper>()
        .with::<CallHelper>()
        .with::<EnrolDevice>()
        .with::<LeaveComplaint>()
        .with::<MoveDevice>()
        .with::<MovePrint>()
        .with::<NoteHealth>()
        .with::<RequestKioskCode>()
        .with::<SignInAtKiosk>()
        .with::<AnswerHelp>()
        .with::<AppointProxy>()
        .with::<AskRating>()
        .with::<EndCall>()
        .with::<EndProxy>()
        .with::<ForgetWishes>()
        .with::<SendCallerCode>()
        .with::<SettleWish>()
        .with::<TakeText>()
        .with::<TakeWish>()
        .with::<VerifyCaller>()
        .with::<WishCall>()
        .with::<MergeUnit>()
        .with::<PrepareUnit>()
        .with::<RevokeUnit>()
        .with::<SettleConflict>()
        .with::<AskToLetIn>()
        .with::<AssignCounter>()
        .with::<CallForHelp>()
        .with::<TellWaiting>()
        .with::<UntellWaiting>()
        .with::<BookAppointment>()
        .with::<AnswerOffer>()
        .with::<CloseRelease>()
        .with::<DrawRelease>()
        .with::<AdmitCompanion>()
        .with::<EndCompanion>()
        .with::<EndDuty>()
        .with::<FinishPerson>()
        .with::<KeepAnswers>()
        .with::<NotePerson>()
        .with::<EndWaiting>()
        .with::<EnterRelease>()
        .with::<JoinWaiting>()
        .with::<OfferPlace>()
        .with::<OpenRelease>()
        .with::<PlaceDrawn>()
        .with::<PlanDuty>()
        .with::<CallNext>()
        .with::<CallOffAppointment>()
        .with::<CancelAppointment>()
        .with::<TendAppointment>()
        .with::<CloseDay>()
        .with::<DrawCallBacks>()
        .with::<ForgetTelephones>()
        .with::<OpenCallBack>()
        .with::<SettleCallBack>()
        .with::<LeaveTicket>()
        .with::<LetIn>()
        .with::<MoveTicket>()
        .with::<OpenDay>()
        .with::<PublishSetup>()
        .with::<RateVisit>()
        .with::<SitDown>()
        .with::<StandUp>()
        .with::<TakeTicket>()
        .with::<TransferTicket>()
        .with::<RecordConsent>()
        .with::<ReplaceContact>()
        .with::<RequestCode>()
        .with::<ResumeCase>()
        .with::<SignInByCode>()
        .with::<SignInByWallet>()
        .with::<VerifyApplicant>()
        .with::<AddArea>()
        .with::<AddCounter>()
        .with::<AddHoliday>()
        .with::<AddOffice>()
        .with::<EndArea>()
        .with::<EndService>()
        .with::<InviteOfficer>()
        .with::<MoveOfficer>()
        .with::<SetCentre>()
        .with::<SetLeave>()
        .with::<SetRoles>()
        .with::<WithdrawHoliday>()
        .with::<AddUpload>()
        .with::<AnswerRequest>()
        .with::<Appeal>()
        .with::<BeginCase>()
        .with::<BeginCertificate>()
        .with::<Decide>()
        .with::<LinkEntry>()
        .with::<OpenCase>()
        .with::<Reassign>()
        .with::<RemoveUpload>()
        .with::<SaveAnswer>()
        .with::<SaveAnswers>()
        .with::<SeeChoices>()
        .with::<ShowReligion>()
        .with::<SendCase>()
        .with::<SetLanguage>()
        .with::<TakeNext>()
        .with::<Withdraw>()
        .with::<CloseShift>()
        .with::<CorrectApplicant>()
        .with::<GiveBack>()
        .with::<OpenShift>()
        .with::<ReprintReceipt>()
        .with::<TakeFee>()
        .with::<VoidReceipt>()
        .with::<PublishService>()
        .with::<FindPeople>()
        .with::<RebuildNames>()
        .with::<CountBearers>()
        .with::<ImportRegister>()
        .with::<BeginImport>()
        .with::<MoveImport>()
        .with::<ImportPart>()
        .with::<OpenLedger>()
        .with::<SetLedger>()
        .with::<AddLedgerPage>()
        .with::<OpenLedgerBySender>()
        .with::<SendLedgerPage>()
        .with::<TakePage>()
        .with::<KeyRows>()
        .with::<GiveBackPage>()
        .with::<OpenDifferences>()
        .with::<DecideDifferences>()
        .with::<BringInPage>()
        .with::<OpenLedgerChecks>()
        .with::<SettleLedgerCheck>()
        .with::<SeePerson>()
        .with::<EndDocument>()
        .with::<ReleaseDocument>()
        .with::<SealDocument>()
        .with::<NoteUnmade>()
        .with::<SearchJournal>()
        .with::<AcceptInvitation>()
        .with::<ChangePassword>()
        .with::<ConfirmFactor>()
        .with::<OfficerSignsIn>()
        .with::<IssueToken>()
        .with::<IssueOwnToken>()
        .with::<EndToken>()
        .with::<RegisterClient>()
        .with::<EndClient>()
        .with::<ClientSignsIn>()
        .with::<AppointProgram>()
        .with::<AnswerReferral>()
        .with::<AskElsewhere>()
        .with::<OpenAtCounter>()
        .with::<OpenReferral>()
        .with::<PrintDocument>()
        .with::<TendCase>()
        .with::<WriteToApplicant>()
        .with::<GiveBackCases>()
        .with::<SetStatus>()
        .with::<KeepRating>()
        .with::<RateCase>()
        .with::<SetServiceCost>()
        .with::<RecordLookup>()
        .with::<Subscribe>()
        .with::<ChangeSubscription>()
        .with::<RenewSecret>()
        .with::<PauseSubscription>()
        .with::<ResumeSubscription>()
        .with::<EndSubscription>()
        .with::<SendAgain>()
        .with::<TrySubscription>()
        .with::<SearchByDci>()
        .with::<SetPartner>()
        .with::<TakeDciMessage>()
        .with::<TellOfEvent>()
        .with::<PublishRules>()
        .with::<ChangeRules>()
        .with::<TakeNotice>()
        .with::<Declare>()
        .with::<AmendDeclaration>()
        .with::<MoveDeclaration>()
        .with::<OpenDeclaration>()
        .with::<OpenCorrection>()
        .with::<CheckDeclaration>()
        .with::<RegisterEvent>()
        .with::<PrepareCorrection>()
        .with::<DecideCorrection>()
        .with::<SeeEntry>()
        .with::<ProtectPerson>()
        .with::<GrantAccess>()
        .with::<EndGrant>()
        .with::<ListProtected>()
        .with::<EndNumber>()
        .with::<RestoreNumber>()
        .with::<KeepApart>()
        .with::<OpenComparison>()
        .with::<KeepPeopleApart>()
        .with::<ProposeMerge>()
        .with::<DecideMerge>()
        .with::<ProposeParting>()
        .with::<NoteAlike>()
        .with::<NoteAddresses>()
        .with::<CountPeople>()
        .with::<NoteStatistics>()
        .with::<SetExpected>()
        .with::<BeginBulk>()
        .with::<MoveBulk>()
        .with::<IssueOneInBulk>()
        .with::<IssueListed>()
        .with::<PrintBulk>()
}
